package dev.ovsm.frontend.hir;

import java.math.BigInteger;
import java.util.List;

/** A way of a {@link Hir.Switch}: the values that lead there, and what runs then. */
public record Arm(List<BigInteger> keys, Hir body) {
  public Arm {
    keys = List.copyOf(keys);
  }
}
