package dev.ovsm.runtime.account;

/** The addresses of the programs that every cluster has. */
public final class ProgramIds {
  public static final Pubkey SYSTEM = Pubkey.of("11111111111111111111111111111111");
  public static final Pubkey NATIVE_LOADER =
      Pubkey.of("NativeLoader1111111111111111111111111111111");

  /** Loader v1: unaligned input, no reallocation, no new deployments. */
  public static final Pubkey LOADER_V1 = Pubkey.of("BPFLoader1111111111111111111111111111111111");

  /** Loader v2: the program account holds the ELF. */
  public static final Pubkey LOADER_V2 = Pubkey.of("BPFLoader2111111111111111111111111111111111");

  /** Loader v3, the upgradeable one: the program account points to its data. */
  public static final Pubkey LOADER_V3 = Pubkey.of("BPFLoaderUpgradeab1e11111111111111111111111");

  public static final Pubkey COMPUTE_BUDGET =
      Pubkey.of("ComputeBudget111111111111111111111111111111");
  public static final Pubkey VOTE = Pubkey.of("Vote111111111111111111111111111111111111111");
  public static final Pubkey STAKE = Pubkey.of("Stake11111111111111111111111111111111111111");
  public static final Pubkey CONFIG = Pubkey.of("Config1111111111111111111111111111111111111");
  public static final Pubkey ADDRESS_LOOKUP_TABLE =
      Pubkey.of("AddressLookupTab1e1111111111111111111111111");
  public static final Pubkey ED25519_PRECOMPILE =
      Pubkey.of("Ed25519SigVerify111111111111111111111111111");
  public static final Pubkey SECP256K1_PRECOMPILE =
      Pubkey.of("KeccakSecp256k11111111111111111111111111111");
  public static final Pubkey SECP256R1_PRECOMPILE =
      Pubkey.of("Secp256r1SigVerify1111111111111111111111111");
  public static final Pubkey INCINERATOR = Pubkey.of("1nc1nerator11111111111111111111111111111111");

  private ProgramIds() {}

  /** Whether a program only checks signatures and is never loaded. */
  public static boolean isPrecompile(Pubkey id) {
    return id.equals(ED25519_PRECOMPILE)
        || id.equals(SECP256K1_PRECOMPILE)
        || id.equals(SECP256R1_PRECOMPILE);
  }

  /** Whether accounts owned by this id are programs a VM runs. */
  public static boolean isLoader(Pubkey id) {
    return id.equals(LOADER_V3) || id.equals(LOADER_V2) || id.equals(LOADER_V1);
  }
}
