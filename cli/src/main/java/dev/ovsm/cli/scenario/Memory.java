package dev.ovsm.cli.scenario;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a performance knows between two slots besides the simulation.
 *
 * @param first the slot of start-up
 * @param last the last slot acted in, counted from that
 * @param frozen names of accounts whose changes go unheard
 * @param said what has been complained about already
 * @param counts how often what is to be counted happened, in the order of the scenario
 * @param starts what conditions remember of the start of the run, in the order of the scenario
 */
public record Memory(
    long first,
    long last,
    Set<String> frozen,
    Set<String> said,
    List<Long> counts,
    List<@Nullable BigDecimal> starts) {}
