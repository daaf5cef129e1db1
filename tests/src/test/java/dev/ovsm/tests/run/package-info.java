/** What runs leave behind: events, summaries, traces and pages, opened by what reads them. */
@NullMarked
package dev.ovsm.tests.run;

import org.jspecify.annotations.NullMarked;
