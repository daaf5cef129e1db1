package dev.ovsm.backend;

import dev.ovsm.elf.Manifest;
import dev.ovsm.ir.Entry;
import dev.ovsm.ir.MapDecl;
import dev.ovsm.ir.Module;

/** The manifest of a module: its entries, maps, program arrays and errors. */
final class Manifests {
  private Manifests() {}

  static Manifest of(Module module) {
    return new Manifest(
        module.name(),
        module.entries().stream().map(Manifests::entry).toList(),
        module.maps().stream().map(Manifests::map).toList(),
        module.arrays().stream()
            .map(array -> new Manifest.ArraySpec(array.name(), array.elements()))
            .toList(),
        module.errors().stream()
            .map(error -> new Manifest.Failing(error.name(), error.code(), error.text()))
            .toList());
  }

  private static Manifest.Entry entry(Entry entry) {
    return new Manifest.Entry(
        entry.name(),
        entry.discriminator(),
        kind(entry.kind()),
        entry.isPublic(),
        entry.budget(),
        entry.parameters().stream().map(p -> new Manifest.Parameter(p.name(), p.type())).toList(),
        entry.accounts().stream().map(Manifests::account).toList());
  }

  private static Manifest.EntryKind kind(Entry.Kind kind) {
    return switch (kind) {
      case INSTRUCTION -> Manifest.EntryKind.INSTRUCTION;
      case STARTUP -> Manifest.EntryKind.STARTUP;
      case CREATE_MAPS -> Manifest.EntryKind.CREATE_MAPS;
      case CALLBACK -> Manifest.EntryKind.CALLBACK;
    };
  }

  private static Manifest.Account account(Entry.Account account) {
    return new Manifest.Account(
        account.name(), account.signer(), account.writable(), account.map(), account.address());
  }

  private static Manifest.MapSpec map(MapDecl map) {
    return new Manifest.MapSpec(
        map.name(),
        map.kind().number(),
        map.keyBytes(),
        map.valueBytes(),
        map.maxEntries(),
        map.handles().stream()
            .map(
                handle ->
                    new Manifest.Handle(
                        handle.offset(), handle.kind() == MapDecl.HandleKind.WORK_QUEUE))
            .toList());
  }
}
