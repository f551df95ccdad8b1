package org.pregonero.dispatcher.institution.web;

/** How well white letters can be read on a colour (WCAG 2.2, 1.4.3: at least 4.5). */
final class Contrast {

    private Contrast() {}

    /** @param color {@code #rrggbb} */
    static double withWhite(String color) {
        return 1.05 / (luminance(Integer.parseInt(color.substring(1), 16)) + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * part(rgb >> 16) + 0.7152 * part(rgb >> 8) + 0.0722 * part(rgb);
    }

    private static double part(int value) {
        var share = (value & 0xff) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
