/**
 * Programs drawn at random in the source language, each with what it means: written twice, as text
 * for the compiler and as a definition that Java evaluates, so that no part of the compiler is its
 * own judge.
 */
@NullMarked
package dev.ovsm.tests.drawn;

import org.jspecify.annotations.NullMarked;
