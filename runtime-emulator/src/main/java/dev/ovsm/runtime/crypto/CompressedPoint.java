package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** Points of prime curves from their x and the parity of their y. */
final class CompressedPoint {
  private CompressedPoint() {}

  /** The point, or null when x is beyond the field or the x of none. */
  static @Nullable ECPoint decode(ECCurve curve, BigInteger x, boolean odd) {
    if (x.compareTo(curve.getField().getCharacteristic()) >= 0) {
      return null;
    }
    ECFieldElement element = curve.fromBigInteger(x);
    ECFieldElement right = element.square().add(curve.getA()).multiply(element).add(curve.getB());
    ECFieldElement y = right.sqrt();
    if (y == null) {
      return null;
    }
    ECFieldElement signed = y.testBitZero() == odd ? y : y.negate();
    return curve.createPoint(x, signed.toBigInteger());
  }
}
