package dev.ovsm.tests.realvm;

import com.google.gson.annotations.SerializedName;

/** The loader that owns a program: it decides how parameters are serialised. */
public enum Loader {
  /** BPFLoader1…: unaligned parameters. */
  @SerializedName("v1")
  DEPRECATED,
  /** BPFLoader2…. */
  @SerializedName("v2")
  PERMANENT,
  /** BPFLoaderUpgradeab1e…. */
  @SerializedName("v3")
  UPGRADEABLE
}
