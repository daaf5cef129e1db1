package dev.ovsm.runtime.autonomous.model;

/** What is so from the first slot of a life on. */
public record Life(
    long slot,
    long slotBudget,
    boolean fillsSkip,
    boolean isLru,
    boolean hasStrictTails,
    boolean isStrict) {}
