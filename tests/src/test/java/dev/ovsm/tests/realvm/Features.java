package dev.ovsm.tests.realvm;

import com.google.gson.annotations.SerializedName;

/** The feature sets that the oracle knows; each comparison names the one it uses. */
public enum Features {
  /** Mainnet-beta on 2026-08-30. */
  @SerializedName("mainnet")
  MAINNET,
  /** Mainnet-beta with SIMD-0460, virtual address space adjustments. */
  @SerializedName("next")
  NEXT,
  /** Mainnet-beta with the four system calls that it does not register yet. */
  @SerializedName("syscalls")
  SYSCALLS,
  /** Every feature that the library knows. */
  @SerializedName("all")
  ALL
}
