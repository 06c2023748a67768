/** Files on the disk, whatever is in them: written aside and moved into place. */
package keras.internal.disk;
