package dev.ovsm.cli;

import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one diagnostic which argument does not fit, and what would. */
final class UsageError {
  private final ParameterException cause;
  private final List<String> arguments;
  private final CommandSpec command;

  private UsageError(ParameterException cause, List<String> arguments) {
    this.cause = cause;
    this.arguments = arguments;
    this.command = cause.getCommandLine().getCommandSpec();
  }

  static Diagnostic of(ParameterException cause, List<String> arguments) {
    return new UsageError(cause, arguments).diagnostic();
  }

  private Diagnostic diagnostic() {
    if (cause instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0));
    }
    if (cause instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing.getMissing());
    }
    if (cause instanceof OverwrittenOptionException twice) {
      String option = name(twice.getOverwritten());
      return at(option, option + " is given twice").withHelp("give it once");
    }
    ArgSpec argument = cause.getArgSpec();
    if (argument == null) {
      String message = String.valueOf(cause.getMessage()).replaceFirst("^Error: ", "");
      return at(command.qualifiedName(), message).withHelp(seeHelp());
    }
    return wrongValue(argument, cause.getValue());
  }

  private Diagnostic unmatched(String word) {
    boolean flag = word.startsWith("-");
    boolean verb = !flag && !command.subcommands().isEmpty();
    String kind = flag ? "flag" : verb ? "command" : "argument";
    List<String> known = new ArrayList<>();
    if (flag) {
      command.options().forEach(option -> known.addAll(Arrays.asList(option.names())));
    } else {
      known.addAll(command.subcommands().keySet());
    }
    String help =
        Spelling.nearest(word, known).map(near -> "did you mean " + near + "?").orElse(seeHelp());
    String message =
        verb || flag
            ? command.qualifiedName() + " has no " + kind + " " + word
            : command.qualifiedName() + " takes no further argument " + word;
    return at(place(word), message).withHelp(help);
  }

  private Diagnostic missing(List<ArgSpec> missing) {
    ArgSpec first = missing.get(0);
    if (first instanceof OptionSpec && arguments.stream().anyMatch(names(first)::contains)) {
      return at(name(first), name(first) + " needs a value " + first.paramLabel())
          .withHelp(seeHelp());
    }
    Optional<String> unknown = unknownFlag();
    if (unknown.isPresent()) {
      return unmatched(unknown.get());
    }
    String all = missing.stream().map(UsageError::name).collect(Collectors.joining(" and "));
    return at(command.qualifiedName(), command.qualifiedName() + " needs " + all)
        .withHelp(seeHelp());
  }

  /** The first flag that the command does not have; what is a flag's value is none. */
  private Optional<String> unknownFlag() {
    for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
      String word = arguments.get(i);
      if (word.length() < 2 || word.charAt(0) != '-') {
        continue;
      }
      boolean isLong = word.startsWith("--");
      String name = isLong ? word.split("=", 2)[0] : word.substring(0, 2);
      OptionSpec option = command.findOption(name);
      if (option == null) {
        return Optional.of(word);
      }
      i += option.arity().min() > 0 && word.equals(name) ? 1 : 0;
    }
    return Optional.empty();
  }

  private Diagnostic wrongValue(ArgSpec argument, @Nullable String value) {
    String given = value == null ? "this" : value;
    Class<?> type = argument.isMultiValue() ? argument.auxiliaryTypes()[0] : argument.type();
    if (type.isEnum()) {
      List<String> words =
          Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .toList();
      String choice = name(argument) + " takes one of " + String.join(", ", words);
      // A number that is not there is no slip of another one.
      boolean number = given.chars().anyMatch(Character::isDigit);
      Optional<String> near = number ? Optional.empty() : Spelling.nearest(given, words);
      Diagnostic wrong = at(place(given), choice + ", not " + given);
      return wrong.withHelp(near.map(word -> "did you mean " + word + "?").orElse(seeHelp()));
    }
    boolean number = type.isPrimitive() || Number.class.isAssignableFrom(type);
    String wanted = number ? "a whole number" : String.valueOf(cause.getMessage());
    return at(place(given), name(argument) + " takes " + wanted + ", not " + given)
        .withHelp(seeHelp());
  }

  private static Diagnostic at(String place, String message) {
    return Diagnostic.in(place, CommandCode.USAGE, message);
  }

  private String place(String word) {
    int index = arguments.indexOf(word);
    return index < 0 ? command.qualifiedName() : "argument " + (index + 1) + " of ovsm: " + word;
  }

  private String seeHelp() {
    String verb = command.parent() == null ? "" : " " + command.name();
    return "ovsm help" + verb + " shows what fits";
  }

  private static List<String> names(ArgSpec argument) {
    return argument instanceof OptionSpec option ? Arrays.asList(option.names()) : List.of();
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
