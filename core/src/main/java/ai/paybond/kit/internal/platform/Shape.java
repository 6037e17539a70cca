package ai.paybond.kit.internal.platform;

/**
 * What one call looks like. Immutable; each method returns a changed copy.
 *
 * @param method the HTTP method
 * @param template the path, parameters in braces
 * @param repeat when it may be sent again
 * @param harbor whether it is one of Harbor's routes, which the Gateway serves under {@code /harbor}
 * @param namesTenant whether the request carries {@code x-tenant-id}
 * @param anonymous whether it is sent without a credential
 * @param echo the member that must name the session's tenant, dots between levels; empty when the reply names none
 */
record Shape(
        String method,
        String template,
        Repeat repeat,
        boolean harbor,
        boolean namesTenant,
        boolean anonymous,
        String echo) {

    /** When a call may be sent again after an attempt without a final answer. */
    enum Repeat {
        /** Always: it changes nothing, or the same thing. */
        FREELY,
        /** Always, because the server counts an idempotency key once; each call carries one. */
        BY_KEY,
        /** Only when the server says 429, so that nothing was done. */
        IF_REFUSED
    }

    /** A read. */
    static Shape get(String template) {
        return new Shape("GET", template, Repeat.FREELY, false, false, false, "tenant_id");
    }

    /** A write under an idempotency key. */
    static Shape post(String template) {
        return new Shape("POST", template, Repeat.BY_KEY, false, false, false, "tenant_id");
    }

    /** A write that says what is to be the case from now on. */
    static Shape put(String template) {
        return new Shape("PUT", template, Repeat.FREELY, false, false, false, "tenant_id");
    }

    /** A question that is too long for a path. */
    static Shape ask(String template) {
        return post(template).repeated(Repeat.FREELY);
    }

    /** A write for which no idempotency key is documented. */
    static Shape once(String method, String template) {
        return new Shape(method, template, Repeat.IF_REFUSED, false, false, false, "tenant_id");
    }

    Shape ofHarbor() {
        return new Shape(method, template, repeat, true, true, anonymous, echo);
    }

    Shape namingTenant() {
        return new Shape(method, template, repeat, harbor, true, anonymous, echo);
    }

    /** Public: no credential leaves the session, and no tenant comes back. */
    Shape open() {
        return new Shape(method, template, repeat, harbor, namesTenant, true, "");
    }

    Shape echoing(String member) {
        return new Shape(method, template, repeat, harbor, namesTenant, anonymous, member);
    }

    /** The reply names no tenant, or in a place that its client looks at itself. */
    Shape unechoed() {
        return echoing("");
    }

    private Shape repeated(Repeat newRepeat) {
        return new Shape(method, template, newRepeat, harbor, namesTenant, anonymous, echo);
    }
}
