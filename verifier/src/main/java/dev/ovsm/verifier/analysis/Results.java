package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;

/** What functions return: a set that includes every result of a call. */
interface Results {
  /** The results of the function with this index in the subject. */
  Word of(int function);
}
