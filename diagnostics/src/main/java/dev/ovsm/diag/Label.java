package dev.ovsm.diag;

/** A second place that matters to a diagnostic, and what is to be seen there. */
public record Label(Span span, String text) {}
