package dev.ovsm.ir.build;

import dev.ovsm.ir.Type;

/** A variable of one {@link FunctionBuilder}: assigned any number of times, gone after building. */
public record Variable(int id, String name, Type type) {}
