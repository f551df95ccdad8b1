package org.pregonero.dispatcher.runtime;

import java.util.function.Supplier;

/**
 * One line for the person at the terminal, shown once the application is up. Each module contributes its own as a bean.
 *
 * @param order smaller numbers come first
 * @param text in Spanish; asked for when everything has started
 */
public record StartLine(int order, Supplier<String> text) {}
