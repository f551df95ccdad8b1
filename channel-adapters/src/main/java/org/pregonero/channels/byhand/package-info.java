/** Media done by hand: radio, television, press, banners, notice boards. */
@NullMarked
package org.pregonero.channels.byhand;

import org.jspecify.annotations.NullMarked;
