/**
 * The virtual machine: memory, faults, metering, system call dispatch, and the interpreter that
 * says what a program does.
 */
@NullMarked
package dev.ovsm.runtime.vm;

import org.jspecify.annotations.NullMarked;
