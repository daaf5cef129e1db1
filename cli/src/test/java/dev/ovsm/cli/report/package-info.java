@NullMarked
package dev.ovsm.cli.report;

import org.jspecify.annotations.NullMarked;
