package org.pregonero.templates;

/** Addresses as people read and type them. */
final class WebAddress {

    /** More than this nobody types from a piece of paper. */
    private static final int LONGEST_TYPED = 40;

    private WebAddress() {}

    /** Without what a browser adds by itself. */
    static String bare(String address) {
        return address.replaceFirst("^https?://", "").replaceFirst("/$", "");
    }

    /** The address without what a browser adds by itself, or empty when it is too long to be typed. */
    static String typed(String address) {
        String bare = address.startsWith("http") ? bare(address) : "";
        return bare.length() <= LONGEST_TYPED ? bare : "";
    }
}
