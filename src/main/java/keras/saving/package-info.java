/**
 * What is made of whole models and their files. Keras: {@code keras.saving}. Above all other
 * packages; none depends on it.
 */
package keras.saving;
