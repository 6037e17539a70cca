/**
 * Every reader of bytes that somebody else wrote, as a target for Jazzer. {@link ai.paybond.kit.fuzz.Targets} lists them;
 * {@code CorpusTest} runs them a little in every build, {@code LongFuzzIT} for as long as profile {@code fuzz} is told to.
 */
package ai.paybond.kit.fuzz;
