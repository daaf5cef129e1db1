package dev.ovsm.runtime.autonomous.model;

/** What became of a trigger. */
public record Told(
    long slot,
    long registration,
    String kind,
    String fate,
    long seq,
    long nominal,
    long cause,
    int attempt,
    long count) {}
