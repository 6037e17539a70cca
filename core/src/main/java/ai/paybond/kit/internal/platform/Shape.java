package ai.paybond.kit.internal.platform;

import ai.paybond.kit.internal.http.Repetition;

/**
 * What one call looks like. Immutable; each method returns a changed copy.
 *
 * @param method the HTTP method
 * @param template the path, parameters in braces
 * @param repeat when it may be sent again
 * @param keyed whether it carries an idempotency key, under which the server counts it once
 * @param harbor whether it is one of Harbor's routes, which the Gateway serves under {@code /harbor}
 * @param namesTenant whether the request carries {@code x-tenant-id}
 * @param anonymous whether it is sent without a credential
 * @param echo the member that must name the session's tenant, dots between levels; empty when the reply names none
 */
record Shape(
        String method,
        String template,
        Repetition repeat,
        boolean keyed,
        boolean harbor,
        boolean namesTenant,
        boolean anonymous,
        String echo) {

    /** A read. */
    static Shape get(String template) {
        return new Shape("GET", template, Repetition.FREELY, false, false, false, false, "tenant_id");
    }

    /** A write under an idempotency key. */
    static Shape post(String template) {
        return new Shape("POST", template, Repetition.FREELY, true, false, false, false, "tenant_id");
    }

    /** A write that says what is to be the case from now on. */
    static Shape put(String template) {
        return new Shape("PUT", template, Repetition.FREELY, false, false, false, false, "tenant_id");
    }

    /** A question that is too long for a path. */
    static Shape ask(String template) {
        return new Shape("POST", template, Repetition.FREELY, false, false, false, false, "tenant_id");
    }

    /** A write for which no idempotency key is documented. */
    static Shape once(String method, String template) {
        return new Shape(method, template, Repetition.IF_REFUSED, false, false, false, false, "tenant_id");
    }

    Shape ofHarbor() {
        return new Shape(method, template, repeat, keyed, true, true, anonymous, echo);
    }

    Shape namingTenant() {
        return new Shape(method, template, repeat, keyed, harbor, true, anonymous, echo);
    }

    /** Public: no credential leaves the session, and no tenant comes back. */
    Shape open() {
        return new Shape(method, template, repeat, keyed, harbor, namesTenant, true, "");
    }

    Shape echoing(String member) {
        return new Shape(method, template, repeat, keyed, harbor, namesTenant, anonymous, member);
    }

    /** The reply names no tenant, or in a place that its client looks at itself. */
    Shape unechoed() {
        return echoing("");
    }

    /** Its 429 is an answer. */
    Shape neverRepeated() {
        return new Shape(method, template, Repetition.NEVER, keyed, harbor, namesTenant, anonymous, echo);
    }
}
