package dev.ovsm.diag;

/** A change of the source that mends the problem: what it does, and the text to put over a span. */
public record Fix(String description, Span span, String replacement) {}
