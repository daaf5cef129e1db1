/** What the errors of programs mean, and where in their sources they come from. */
@NullMarked
package dev.ovsm.cli.failure;

import org.jspecify.annotations.NullMarked;
