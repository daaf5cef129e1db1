package dev.ovsm.tests.crypto;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A message signed in one of the three ways that precompiles verify. */
record SignedParts(byte[] signature, byte[] key, byte[] message) {
  static SignedParts ed25519(Cases cases) {
    byte[] secret = cases.bytes(Ed25519.SECRET_KEY_SIZE);
    byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(secret, 0, key, 0);
    byte[] message = cases.bytes(cases.below(80));
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
    return new SignedParts(signature, key, message);
  }

  /** The key compressed; s low. */
  static SignedParts secp256r1(Cases cases) {
    X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
    BigInteger secret = cases.numberBelow(curve.getN());
    byte[] message = cases.bytes(cases.below(80));
    byte[] hash = new byte[32];
    SHA256Digest digest = new SHA256Digest();
    digest.update(message, 0, message.length);
    digest.doFinal(hash, 0);
    BigInteger[] signature = sign(curve, secret, hash);
    BigInteger low = signature[1].min(curve.getN().subtract(signature[1]));
    byte[] key = curve.getG().multiply(secret).getEncoded(true);
    return new SignedParts(numbers(signature[0], low), key, message);
  }

  /** The signature with its recovery id; the key as Ethereum's address. */
  static SignedParts secp256k1(Cases cases) {
    X9ECParameters curve = CustomNamedCurves.getByName("secp256k1");
    BigInteger secret = cases.numberBelow(curve.getN());
    byte[] message = cases.bytes(cases.below(80));
    byte[] hash = keccak(message);
    BigInteger[] signature = sign(curve, secret, hash);
    ECPoint key = curve.getG().multiply(secret).normalize();
    byte[] address = new byte[20];
    System.arraycopy(keccak(tail(key.getEncoded(false))), 12, address, 0, address.length);
    byte recoveryId = (byte) (recoveryId(curve, hash, signature, key) ? 1 : 0);
    byte[] numbers = numbers(signature[0], signature[1]);
    return new SignedParts(Cases.join(numbers, new byte[] {recoveryId}), address, message);
  }

  private static BigInteger[] sign(X9ECParameters curve, BigInteger secret, byte[] hash) {
    ECDomainParameters domain = new ECDomainParameters(curve);
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, domain));
    return signer.generateSignature(hash);
  }

  /** Whether the y of the signature's point, (hash + r·secret)/s times the base, is odd. */
  private static boolean recoveryId(
      X9ECParameters curve, byte[] hash, BigInteger[] signature, ECPoint key) {
    BigInteger inverse = signature[1].modInverse(curve.getN());
    ECPoint point =
        curve
            .getG()
            .multiply(new BigInteger(1, hash).multiply(inverse).mod(curve.getN()))
            .add(key.multiply(signature[0].multiply(inverse).mod(curve.getN())))
            .normalize();
    return point.getAffineYCoord().testBitZero();
  }

  private static byte[] numbers(BigInteger r, BigInteger s) {
    return Cases.join(Cases.bigEndian(r, 32), Cases.bigEndian(s, 32));
  }

  private static byte[] keccak(byte[] bytes) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return hash;
  }

  private static byte[] tail(byte[] encoded) {
    byte[] tail = new byte[encoded.length - 1];
    System.arraycopy(encoded, 1, tail, 0, tail.length);
    return tail;
  }
}
