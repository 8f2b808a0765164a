package io.swarmctl.controller.server;

import io.swarmctl.agent.link.Enrolling;
import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a part writes into its log, as the node's journal would have it. */
final class HeardFrom extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private HeardFrom(Logger logger) {
        this.logger = logger;
    }

    static HeardFrom enrolling() {
        HeardFrom heard = new HeardFrom(Logger.getLogger(Enrolling.class.getName()));
        heard.logger.setLevel(Level.INFO);
        heard.logger.addHandler(heard);
        return heard;
    }

    boolean has(String text) {
        return said().contains(text);
    }

    String said() {
        return String.join("\n", lines);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(
                line.getParameters() == null
                        ? line.getMessage()
                        : MessageFormat.format(line.getMessage(), line.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
    }
}
