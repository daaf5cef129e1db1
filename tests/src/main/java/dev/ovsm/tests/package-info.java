/**
 * Tests over the whole tool; all of them live beside this folder, in {@code src/test/java}, and
 * their golden files in {@code golden}.
 */
package dev.ovsm.tests;
