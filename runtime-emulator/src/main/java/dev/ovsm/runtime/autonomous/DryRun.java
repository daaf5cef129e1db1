package dev.ovsm.runtime.autonomous;

import org.jspecify.annotations.Nullable;

/**
 * The cause of what is executed only to see what it does. Nothing of it stays: unlike what fails in
 * its turn, it pays no fees and uses up no ids.
 *
 * @param trigger the trigger whose callback it is, or null if a user sent it
 */
record DryRun(@Nullable Trigger trigger) {}
