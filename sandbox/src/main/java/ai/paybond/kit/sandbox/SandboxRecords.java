package ai.paybond.kit.sandbox;

import ai.paybond.kit.sandbox.internal.store.Database;

/** What the sandbox has seen and kept, for tests to look at. Thread-safe; every call reads the store anew. */
public final class SandboxRecords {
    private final Database database;

    SandboxRecords(Database database) {
        this.database = database;
    }
}
