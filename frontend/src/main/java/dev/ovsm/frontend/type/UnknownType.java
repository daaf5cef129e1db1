package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says of a form that it is no type, and which may have been meant. */
final class UnknownType {
  private static final List<String> PLAIN =
      List.of(
          "bool", "u8", "u16", "u32", "u64", "u128", "i8", "i16", "i32", "i64", "i128", "f64",
          "decimal", "pubkey", "string", "bytes");

  /** What types are called in other languages. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("uint8", "u8"),
          Map.entry("uint16", "u16"),
          Map.entry("uint32", "u32"),
          Map.entry("uint64", "u64"),
          Map.entry("uint128", "u128"),
          Map.entry("int8", "i8"),
          Map.entry("int16", "i16"),
          Map.entry("int32", "i32"),
          Map.entry("int64", "i64"),
          Map.entry("int128", "i128"),
          Map.entry("byte", "u8"),
          Map.entry("int", "i64"),
          Map.entry("uint", "u64"),
          Map.entry("usize", "u64"),
          Map.entry("isize", "i64"),
          Map.entry("float", "f64"),
          Map.entry("double", "f64"),
          Map.entry("f32", "f64"),
          Map.entry("boolean", "bool"),
          Map.entry("str", "string"),
          Map.entry("String", "string"),
          Map.entry("Pubkey", "pubkey"),
          Map.entry("PublicKey", "pubkey"),
          Map.entry("publicKey", "pubkey"),
          Map.entry("address", "pubkey"));

  private final Context context;

  UnknownType(Context context) {
    this.context = context;
  }

  void report(Form form) {
    String word = form.span().text();
    Diagnostic report =
        Diagnostic.at(form.span(), LanguageCode.UNKNOWN_TYPE, "no type is written " + word);
    String other = ELSEWHERE.get(word);
    if (other != null) {
      context.report(
          report
              .withHelp("here it is " + other)
              .withFix(new Fix("use " + other, form.span(), other)));
      return;
    }
    List<String> known = new ArrayList<>(PLAIN);
    context.program().structs().keySet().forEach(struct -> known.add(struct.name()));
    context.program().enums().keySet().forEach(one -> known.add(one.name()));
    Diagnostic helped =
        report.withHelp(
            "types are bool, u8 to u128, i8 to i128, f64, decimal, pubkey, string, (array T n),"
                + " (vec T n), (option T), (-> (T …) T) and the names of structs");
    context.reportUnknown(helped, form.span(), word, known);
  }
}
