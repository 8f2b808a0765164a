package io.swarmctl.controller.cache;

/**
 * What the fleet wants of its package cache.
 *
 * @param size in bytes, the most that it may keep
 */
public record CacheRules(boolean enabled, long size, Upstreams upstreams) {}
