package ai.paybond.kit.cli;

import picocli.CommandLine.IVersionProvider;

/** Reads the kit's version from the jar's manifest. */
final class KitVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = KitVersion.class.getPackage().getImplementationVersion();
        return new String[] {"paybond " + (version == null ? "(unpackaged)" : version)};
    }
}
