package io.swarmctl.controller.server;

/** A configuration file's name and content. */
record ConfigFile(String name, String text) {
    static final ConfigFile NONE = new ConfigFile("", "");
}
