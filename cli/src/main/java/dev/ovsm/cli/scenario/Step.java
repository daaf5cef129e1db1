package dev.ovsm.cli.scenario;

/** Something that happens in some slots. */
record Step(Timing timing, Action action) {}
