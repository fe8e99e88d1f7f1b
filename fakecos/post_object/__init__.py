"""Forms of browsers: PostObject from the multipart/form-data to the stored object."""
