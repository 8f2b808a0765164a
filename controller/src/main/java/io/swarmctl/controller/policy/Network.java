package io.swarmctl.controller.policy;

/** An IPv4 network, or an address in one: {@code 10.20.0.0/16}. */
record Network(int address, int prefix) {
    /** Of a text that has the form. */
    static Network parse(String text) {
        String[] parts = text.split("/");
        int address = 0;
        for (String octet : parts[0].split("\\.")) {
            address = address << 8 | Integer.parseInt(octet);
        }
        return new Network(address, Integer.parseInt(parts[1]));
    }

    /** Whether no bit is set beyond the prefix. */
    boolean isWhole() {
        return equals(whole());
    }

    Network whole() {
        return new Network(address & mask(prefix), prefix);
    }

    boolean overlaps(Network other) {
        int common = mask(Math.min(prefix, other.prefix));
        return (address & common) == (other.address & common);
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (Integer.SIZE - prefix);
    }

    @Override
    public String toString() {
        return (address >>> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255) + "/"
                + prefix;
    }
}
