/**
 * Objects made from configurations and turned into them. No class is looked up by a name from a
 * file.
 */
package keras.internal.config;
