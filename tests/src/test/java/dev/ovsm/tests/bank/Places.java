package dev.ovsm.tests.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.tests.realvm.Loader;
import java.util.ArrayList;
import java.util.List;

/** Where the accounts of an instruction lie in a program's input, by Solana's documentation. */
record Places(List<Place> all) {
  record Place(Pubkey account, long key, long owner, long lamports, long length, long data) {}

  static Places of(List<Pubkey> keys, List<Account> accounts, Loader loader) {
    List<Place> places = new ArrayList<>();
    long at = Probe.INPUT + 8;
    for (int i = 0; i < keys.size(); i++) {
      int first = keys.indexOf(keys.get(i));
      int length = accounts.get(i).data().length;
      if (first < i) {
        places.add(places.get(first));
        at += loader == Loader.DEPRECATED ? 1 : 8;
      } else if (loader == Loader.DEPRECATED) {
        long data = at + 51;
        places.add(new Place(keys.get(i), at + 3, data + length, at + 35, at + 43, data));
        at = data + length + 41;
      } else {
        places.add(new Place(keys.get(i), at + 8, at + 40, at + 72, at + 80, at + 88));
        at += 88 + length + 10_240 + (-length & 7) + 8;
      }
    }
    return new Places(places);
  }

  Place get(int index) {
    return all.get(index);
  }
}
