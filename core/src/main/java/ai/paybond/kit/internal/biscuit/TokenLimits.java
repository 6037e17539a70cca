package ai.paybond.kit.internal.biscuit;

import java.time.Duration;

/**
 * The adjustable part of what a token may hold; the fixed part is in {@link BlockShape} and {@link JoinBudget}.
 *
 * @param maxBlocks blocks, the authority block included
 * @param maxFacts facts in the whole token
 * @param maxSymbols symbol table entries in the whole token
 * @param maxArguments argument facts of one request
 * @param evaluationTime handed to the library's evaluation
 */
public record TokenLimits(int maxBlocks, int maxFacts, int maxSymbols, int maxArguments, Duration evaluationTime) {}
