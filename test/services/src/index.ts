export { debianBinary } from './debian-binary.ts';
