/** Accounts as files: fixtures that commands read, and accounts that they print. */
@NullMarked
package dev.ovsm.cli.account;

import org.jspecify.annotations.NullMarked;
