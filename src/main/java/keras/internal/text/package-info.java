/**
 * Text on a terminal, laid out as Keras lays it out: tables, widths, numbers as Python writes them.
 */
package keras.internal.text;
