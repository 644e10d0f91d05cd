// Empty: the target brings the folder of hdf5.h and the library to the facade in CHDF5.
