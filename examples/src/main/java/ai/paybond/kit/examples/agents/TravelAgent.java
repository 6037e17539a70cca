package ai.paybond.kit.examples.agents;

/** Somebody who can be asked to arrange a trip. */
public interface TravelAgent extends AutoCloseable {
    /**
     * Lets the model work on {@code request}, with as many tool calls as it wants, and gives its final answer. A tool
     * call that the guard refuses does not end the work: the model reads why and goes on.
     */
    String ask(String request);

    /** Releases what the agent holds of its own; neither its guard nor its tools. */
    @Override
    default void close() {}
}
