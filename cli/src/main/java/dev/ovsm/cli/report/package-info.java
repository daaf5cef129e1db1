/** What lint found, in the forms that people, programs, editors and code hosts read. */
@NullMarked
package dev.ovsm.cli.report;

import org.jspecify.annotations.NullMarked;
