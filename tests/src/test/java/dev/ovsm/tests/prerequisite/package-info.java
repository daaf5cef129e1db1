/** What the machine must have for a test to run. */
@NullMarked
package dev.ovsm.tests.prerequisite;

import org.jspecify.annotations.NullMarked;
