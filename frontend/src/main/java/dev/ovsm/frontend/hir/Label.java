package dev.ovsm.frontend.hir;

/** The identity of a loop. */
public record Label(int id) {}
