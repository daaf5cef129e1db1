package dev.ovsm.verifier.graph;

import dev.ovsm.verifier.domain.Relation;

/** Something that holds between two nodes whenever control is in a block. */
public record Fact(Relation relation, int left, int right) {}
