/** The script that starts the tool, as a user's shell meets it. */
@NullMarked
package dev.ovsm.tests.launcher;

import org.jspecify.annotations.NullMarked;
