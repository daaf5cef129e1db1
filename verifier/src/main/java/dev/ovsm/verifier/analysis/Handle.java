package dev.ovsm.verifier.analysis;

/**
 * A resource as one function sees it: by a value and the distance at which it lies from it.
 *
 * @param anchor the node of the value
 */
record Handle(Resource resource, int anchor, long distance) {}
