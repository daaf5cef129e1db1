/** The sBPF target machine: what an instruction is, means and costs, whoever writes or runs it. */
@NullMarked
package dev.ovsm.sbpf;

import org.jspecify.annotations.NullMarked;
