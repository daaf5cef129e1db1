package dev.ovsm.runtime.vm;

/**
 * A translated stretch of a program's memory; what is written to {@code bytes} the program sees.
 *
 * @param offset the index of the first byte
 * @param length in bytes, all of them inside {@code bytes}
 */
public record Slice(byte[] bytes, int offset, int length) {}
