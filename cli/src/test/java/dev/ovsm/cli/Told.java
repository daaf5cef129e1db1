package dev.ovsm.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A step in the life of a trigger, as the events of a run tell it. */
record Told(
    long slot,
    long id,
    String fate,
    long seq,
    long nominal,
    long made,
    String origin,
    long attempt,
    long units,
    String reason) {
  /** How a step begins that is about it. */
  String which() {
    return "(trigger " + seq + "|[0-9]+ triggers from " + seq + " on)";
  }

  boolean waits() {
    return Set.of("DEFERRED", "RETRIED", "QUARANTINED").contains(fate);
  }

  /** The steps of the branch that was kept. */
  static List<Told> in(Path events) throws IOException {
    List<Told> all = new ArrayList<>();
    for (String line : Files.readAllLines(events)) {
      JsonObject one = new Gson().fromJson(line, JsonObject.class);
      String type = one.get("type").getAsString();
      if (type.equals("fork")) {
        long parent = one.get("parent").getAsLong();
        all.removeIf(step -> step.slot() > parent);
      } else if (type.equals("fate")) {
        all.add(
            new Told(
                one.get("slot").getAsLong(),
                one.get("registration").getAsLong(),
                one.get("fate").getAsString(),
                one.get("seq").getAsLong(),
                one.get("nominal_slot").getAsLong(),
                one.get("made_slot").getAsLong(),
                one.get("origin").getAsString(),
                one.get("attempt").getAsLong(),
                one.get("compute_units").getAsLong(),
                one.get("reason").getAsString()));
      }
    }
    return all;
  }

  /** All that ever was registered. */
  static Set<Long> registered(Path events) throws IOException {
    Set<Long> all = new TreeSet<>();
    for (String line : Files.readAllLines(events)) {
      JsonObject one = new Gson().fromJson(line, JsonObject.class);
      if (one.get("type").getAsString().equals("registered")) {
        all.add(one.get("registration").getAsLong());
      }
    }
    return all;
  }
}
