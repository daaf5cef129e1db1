/** What a run says of itself. */
@NullMarked
package dev.ovsm.cli.run;

import org.jspecify.annotations.NullMarked;
